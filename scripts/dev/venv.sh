# SPDX-License-Identifier: Apache-2.0
# Python environments; building and testing need none.
venv=build/bench-venv        # the bench and the fp32 reference
train_venv=build/train-venv  # the training of the static tier

make_venv() { # [FOLDER REQUIREMENTS]
  local folder=${1:-$venv} wanted=${2:-tests/bench/requirements.txt}
  if cmp -s "$wanted" "$folder/installed-requirements.txt"; then return 0; fi
  step venv "create $folder" python3 -m venv "$folder" &&
    step venv-pip "install the packages of $wanted into $folder" \
      "$folder/bin/pip" install --disable-pip-version-check -r "$wanted" &&
    cp "$wanted" "$folder/installed-requirements.txt"
}
