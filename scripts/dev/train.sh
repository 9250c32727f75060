# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh
. scripts/dev/venv.sh

usage() {
  cat <<'TEXT'
usage: ./dev train [--texts N]

Makes models/static/minilm-static.safetensors anew: downloads the packages of models/static/sources.json, collects the
training texts, embeds the first N of them with the fp32 teacher (default: as many as the shipped table was made with),
fits the token table and writes the file. Intermediate results are in build/static; what is done is not done again,
so a stopped run goes on. Takes about half an hour on two idle cores, nearly all of it the teacher.
Afterwards: put the new SHA-256 into models/manifest.json, make the golden vectors anew
(tests/golden/generate/generate_static_vectors.py) and the figures (models/static/figures.py), and run ./dev test.
TEXT
}

main() {
  local texts=100352 out=build/static python=$train_venv/bin/python
  case $#-${1:-} in
    0-) ;;
    2---texts) texts=$2 ;;
    *)
      usage >&2
      fail "there is no option \"$1\""
      exit 2
      ;;
  esac
  need "$bench_needs" && build_model && make_venv "$train_venv" models/static/requirements.txt || exit 1
  if [ ! -e $out/texts.txt ]; then
    step train-texts "collect the training texts" "$python" models/static/texts.py --out $out || exit 1
  fi
  if [ ! -e $out/teacher-model/onnx/model.onnx ]; then
    step train-onnx "export the fp32 teacher" "$python" tests/bench/export_onnx.py \
      build/models/source/all-MiniLM-L6-v2 $out/teacher-model || exit 1
  fi
  step train-teach "embed the training texts" "$python" models/static/teach.py \
    --model $out/teacher-model --out $out --texts "$texts" &&
    step train-fit "fit the token table" "$python" models/static/fit.py --out $out &&
    "$python" models/static/pack.py --table $out/table.npy --converted build/models/minilm.safetensors
}
