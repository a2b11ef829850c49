/** Finds what one tenant does to another. */
@NullMarked
package io.github.istioegress.analysis.tenancy;

import org.jspecify.annotations.NullMarked;
