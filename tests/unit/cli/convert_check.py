# SPDX-License-Identifier: Apache-2.0
"""mayfly convert and mayfly inspect on the fetched model folder."""
import hashlib
import json
import math
import pathlib
import struct
import tempfile
import unittest

from program import MODEL, SOURCE, ProgramTest

FILES = ["config.json", "tokenizer.json", "model.safetensors", "modules.json",
         "sentence_bert_config.json"]


class InspectTest(ProgramTest):
    def test_json_has_everything_that_the_file_s_own_headers_say(self):
        data = pathlib.Path(MODEL).read_bytes()
        (header_bytes,) = struct.unpack("<Q", data[:8])
        header = json.loads(data[8:8 + header_bytes])
        metadata = header.pop("__metadata__")
        (about,) = self.objects("inspect", MODEL, "--json")
        self.assertEqual(about["bytes"], len(data))
        self.assertEqual(about["sha256"], hashlib.sha256(data).hexdigest())
        self.assertEqual(about["metadata"], metadata)
        expected = [self.tensor(name, entry, data[8 + header_bytes:]) for name, entry in header.items()]
        self.assertTrue(any(name.endswith(".coded") for name in header))
        self.assertEqual(about["tensors"], sorted(expected, key=lambda tensor: tensor["name"]))
        self.assertEqual(about["tensor_bytes"], sum(tensor["bytes"] for tensor in expected))

    @staticmethod
    def tensor(name, entry, data):
        """As models/format.md says, "Coded tensors": version, type, rank and extents stand first."""
        begin, end = entry["data_offsets"]
        if not name.endswith(".coded"):
            return {"name": name, "dtype": entry["dtype"], "shape": entry["shape"], "bytes": end - begin}
        dtype_end = begin + 2 + data[begin + 1]
        dtype = data[begin + 2:dtype_end].decode()
        shape = list(struct.unpack_from(f"<{data[dtype_end]}I", data, dtype_end + 1))
        size = {"I8": 1, "U8": 1, "F32": 4}[dtype]
        return {"name": name.removesuffix(".coded"), "dtype": dtype, "shape": shape,
                "bytes": size * math.prod(shape)}

    def test_the_table_names_fingerprint_checksum_and_tensors(self):
        (about,) = self.objects("inspect", MODEL, "--json")
        table = self.output("inspect", MODEL).decode()
        self.assertIn(about["sha256"], table)
        self.assertIn(about["metadata"]["fingerprint"], table)
        for tensor in about["tensors"]:
            self.assertIn(tensor["name"], table)


class ConvertTest(ProgramTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.out = self.folder / "out.safetensors"
        self.copy = self.folder / "copy"
        (self.copy / "1_Pooling").mkdir(parents=True)
        for name in [*FILES, "1_Pooling/config.json"]:
            (self.copy / name).symlink_to((SOURCE / name).resolve())

    def replace(self, name, text):
        (self.copy / name).unlink(missing_ok=True)
        (self.copy / name).write_text(text)

    def assert_refused(self, code, mentions=b""):
        self.assert_fails(code, "convert", self.copy, "-o", self.out, mentions=mentions)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["copy"])

    def test_the_same_folder_gives_the_same_bytes_wherever_it_is(self):
        report, = self.objects("convert", self.copy, "-o", self.out, "--name", "all-MiniLM-L6-v2")
        data = self.out.read_bytes()
        self.assertEqual(data, pathlib.Path(MODEL).read_bytes())
        (about,) = self.objects("inspect", MODEL, "--json")
        self.assertEqual(report, {"file": str(self.out), "bytes": len(data),
                                  "sha256": hashlib.sha256(data).hexdigest(),
                                  "fingerprint": about["metadata"]["fingerprint"]})
        self.assertEqual(json.loads(about["metadata"]["sentence"]),
                         {"max_tokens": 256, "pooling": "mean", "normalize": True,
                          "query_prefix": "", "document_prefix": ""})
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["copy", "out.safetensors"])

    def test_a_file_that_is_missing_is_named(self):
        for name in FILES[:3]:
            with self.subTest(name):
                (self.copy / name).unlink()
                self.assert_refused("io", mentions=name.encode())
                (self.copy / name).symlink_to((SOURCE / name).resolve())

    def test_modules_and_pooling_that_mayfly_lacks_are_refused(self):
        pooling = json.loads((SOURCE / "1_Pooling/config.json").read_text())
        for change in ({"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True},
                       {"pooling_mode_max_tokens": True}):
            self.replace("1_Pooling/config.json", json.dumps({**pooling, **change}))
            self.assert_refused("unsupported-model", mentions=b"pooling_mode")
        self.replace("1_Pooling/config.json", json.dumps(pooling))
        modules = json.loads((SOURCE / "modules.json").read_text())
        dense = {"idx": 3, "name": "3", "path": "3_Dense", "type": "sentence_transformers.models.Dense"}
        self.replace("modules.json", json.dumps([*modules, dense]))
        self.assert_refused("unsupported-model", mentions=b"Dense")
        modules[1]["path"] = "../elsewhere"
        self.replace("modules.json", json.dumps(modules))
        self.assert_refused("unsupported-model", mentions=b"elsewhere")

    def test_a_model_that_needs_prefixes_is_refused(self):
        self.replace("config_sentence_transformers.json", '{"prompts":{"query":"query: "}}')
        self.assert_refused("unsupported-model", mentions=b"query_prefix")

    def test_malformed_files_are_typed_errors(self):
        for name, text, code in (("config.json", "{", "invalid-model"),
                                 ("config.json", "[]", "invalid-model"),
                                 ("modules.json", "{", "invalid-model"),
                                 ("modules.json", "{}", "invalid-model"),
                                 ("sentence_bert_config.json", '{"max_seq_length":"x"}', "invalid-model"),
                                 ("tokenizer.json", "{", "invalid-tokenizer"),
                                 ("model.safetensors", "short", "invalid-model")):
            with self.subTest(name=name, text=text):
                self.replace(name, text)
                self.assert_refused(code)
                (self.copy / name).unlink()
                (self.copy / name).symlink_to((SOURCE / name).resolve())

    def test_output_that_cannot_be_written_is_an_io_error(self):
        self.assert_fails("io", "convert", self.copy, "-o", self.folder / "nowhere" / "out", mentions=b"nowhere")

    def test_a_profile_that_does_not_exist_is_refused_with_those_that_do(self):
        self.assert_fails("invalid-argument", "convert", self.copy, "-o", self.out, "--profile", "tiny",
                          mentions=b"standard, small")


if __name__ == "__main__":
    unittest.main()
