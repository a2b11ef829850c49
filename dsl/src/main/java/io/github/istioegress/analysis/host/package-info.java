/** Finds hosts and addresses that must not be called. */
@NullMarked
package io.github.istioegress.analysis.host;

import org.jspecify.annotations.NullMarked;
