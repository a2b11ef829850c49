/** Expands the mesh value into an Istio installation. */
@NullMarked
package io.github.istioegress.expansion.install;

import org.jspecify.annotations.NullMarked;
