/** Expands mesh and gateways into what brings them up. */
@NullMarked
package io.github.istioegress.expansion.install;

import org.jspecify.annotations.NullMarked;
