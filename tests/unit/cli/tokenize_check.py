# SPDX-License-Identifier: Apache-2.0
"""mayfly tokenize: the form of its output, its options, and texts of any bytes."""
import json
import random
import unittest

from program import MODEL, ProgramTest, json_lines

TOKENIZE = ("tokenize", "--model", MODEL)


def replace_lone_surrogates(text):
    """What a browser makes of a string on its way to UTF-8. Pairs were joined by json.loads."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


class TokenizeTest(ProgramTest):
    def test_the_output_has_exactly_the_documented_form(self):
        self.assertEqual(
            self.output(*TOKENIZE, stdin=b"Hello, world!\n\n"),
            b'{"ids":[101,7592,1010,2088,999,102],"offsets":[[0,0],[0,5],[5,6],[7,12],[12,13],[0,0]],'
            b'"truncated":false,"dropped":0}\n'
            b'{"ids":[101,102],"offsets":[[0,0],[0,0]],"truncated":false,"dropped":0}\n')

    def test_json_lines_and_plain_lines_give_the_same_tokens(self):
        texts = ["Hello", "", "naïve café", "日本語 text", "tab\there", "\\ud800 \\n"]
        plain = self.output(*TOKENIZE, stdin="".join(t + "\n" for t in texts).encode())
        wrapped = self.output(*TOKENIZE, "--jsonl", stdin=json_lines({"text": t} for t in texts))
        self.assertEqual(plain, wrapped)

    def test_a_last_line_without_its_end_counts_and_windows_line_ends_are_no_text(self):
        self.assertEqual(self.output(*TOKENIZE, stdin=b"one\r\ntwo"),
                         self.output(*TOKENIZE, stdin=b"one\ntwo\n"))
        self.assertEqual(self.output(*TOKENIZE, stdin=b""), b"")

    def test_blank_lines_are_skipped_among_json_lines(self):
        self.assertEqual(self.output(*TOKENIZE, "--jsonl", stdin=b'\n{"text":"a"}\n \r\n'),
                         self.output(*TOKENIZE, stdin=b"a\n"))

    def test_the_model_s_limit_holds_unless_another_is_given(self):
        text = b"cat " * 300 + b"\n"
        (by_model,) = self.objects(*TOKENIZE, stdin=text)
        self.assertEqual((len(by_model["ids"]), by_model["truncated"], by_model["dropped"]),
                         (256, True, 46))
        (unlimited,) = self.objects(*TOKENIZE, "--max-length", 0, stdin=text)
        self.assertEqual((len(unlimited["ids"]), unlimited["truncated"], unlimited["dropped"]),
                         (302, False, 0))
        (short,) = self.objects(*TOKENIZE, "--max-length", 4, stdin=text)
        self.assertEqual(short["ids"], [101, 4937, 4937, 102])
        self.assertEqual(short["offsets"], [[0, 0], [0, 3], [4, 7], [0, 0]])
        self.assertEqual(short["dropped"], 298)

    def test_a_limit_below_the_template_is_refused(self):
        self.assert_fails("invalid-argument", *TOKENIZE, "--max-length", 1, stdin=b"a\n")

    def test_special_tokens_are_parsed_by_default_and_text_on_demand(self):
        (parsed,) = self.objects(*TOKENIZE, stdin=b"a [SEP] b\n")
        self.assertEqual(parsed["ids"], [101, 1037, 102, 1038, 102])
        self.assertEqual(parsed["offsets"][2], [2, 7])
        self.assertEqual(self.objects(*TOKENIZE, "--special-tokens", "parse", stdin=b"a [SEP] b\n"),
                         [parsed])
        (text,) = self.objects(*TOKENIZE, "--special-tokens", "text", stdin=b"a [SEP] b\n")
        self.assertEqual(text["ids"], [101, 1037, 1031, 19802, 1033, 1038, 102])

    def test_offsets_count_code_points(self):
        (encoding,) = self.objects(*TOKENIZE, stdin="😀é x\n".encode())
        self.assertEqual(encoding["offsets"][-2], [3, 4])

    def test_escaped_surrogates_are_joined_or_become_the_replacement_character(self):
        seed = random.randrange(1 << 30)
        draw = random.Random(seed)
        pieces = ["\\ud83d", "\\uDE00", "\\ud800", "\\udfff", "\\\\", "\\\\ud83d", "\\n", "\\u0041",
                  "\\uFFFF", "a", " ", "é", "😀", "\\\"", "\\u00e9"]
        raw = ['{"text":"' + "".join(draw.choices(pieces, k=draw.randrange(12))) + '"}'
               for _ in range(400)]
        repaired = [{"text": replace_lone_surrogates(json.loads(line)["text"])} for line in raw]
        self.assertEqual(self.output(*TOKENIZE, "--jsonl", stdin="\n".join(raw).encode()),
                         self.output(*TOKENIZE, "--jsonl", stdin=json_lines(repaired)),
                         f"seed {seed}")

    def test_ill_formed_utf_8_becomes_the_replacement_character_in_both_forms(self):
        seed = random.randrange(1 << 30)
        draw = random.Random(seed)
        bytes_of_interest = [0x00, 0x41, 0x62, 0x20, 0x80, 0xBF, 0xC0, 0xC3, 0xA9, 0xE2, 0x82, 0xAC,
                             0xED, 0xA0, 0xF0, 0x9F, 0x98, 0x80, 0xF4, 0x90, 0xF8, 0xFF]
        raw = [bytes(draw.choices(bytes_of_interest, k=draw.randrange(1, 20))) for _ in range(400)]
        decoded = json_lines({"text": line.decode(errors="replace")} for line in raw)
        expected = self.output(*TOKENIZE, "--jsonl", stdin=decoded)
        self.assertEqual(self.output(*TOKENIZE, stdin=b"\n".join(raw)), expected, f"seed {seed}")
        wrapped = b"\n".join(b'{"text":"' + line.replace(b"\0", b"\\u0000") + b'"}' for line in raw)
        self.assertEqual(self.output(*TOKENIZE, "--jsonl", stdin=wrapped), expected, f"seed {seed}")

    def test_a_malformed_line_is_named_after_the_lines_before_it_were_answered(self):
        good = b'{"text":"a"}\n'
        answer = self.output(*TOKENIZE, "--jsonl", stdin=good)
        for bad in (b"not json", b"[1]", b'"text"', b'{"text":1}', b'{"txt":"a"}', b'{"text":"a"',
                    b'{"text":"a"} x', b'{"text":"\\uD8"}', b'{"text":"a\0b"}', b"[" * 100_000):
            with self.subTest(bad[:20]):
                self.assert_fails("invalid-argument", *TOKENIZE, "--jsonl", mentions=b"line 3 of",
                                  stdin=good + b"\n" + bad + b"\n" + good, output=answer)


if __name__ == "__main__":
    unittest.main()
