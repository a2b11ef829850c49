/** Finds protocols, ports and TLS that do not fit. */
@NullMarked
package io.github.istioegress.analysis.protocol;

import org.jspecify.annotations.NullMarked;
