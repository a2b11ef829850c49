/** Recognizes sentences in manifests, and proves each. */
@NullMarked
package io.github.istioegress.importer;

import org.jspecify.annotations.NullMarked;
