# SPDX-License-Identifier: Apache-2.0
# The Python environment of the bench and of the fp32 reference; building and testing need none.
venv=build/bench-venv

make_venv() {
  local wanted=tests/bench/requirements.txt
  if cmp -s "$wanted" "$venv/installed-requirements.txt"; then return 0; fi
  step venv "create $venv" python3 -m venv "$venv" &&
    step venv-pip "install ONNX and onnxruntime into $venv" \
      "$venv/bin/pip" install --disable-pip-version-check -r "$wanted" &&
    cp "$wanted" "$venv/installed-requirements.txt"
}
