package io.github.istioegress.expansion.ambient;

import io.github.istioegress.intent.EgressIntent;

/**
 * A sentence and who says it.
 *
 * @param namespace the namespace of the callers
 * @param intent the sentence
 */
record Said(String namespace, EgressIntent intent) {}
