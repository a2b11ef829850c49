/** Finds leftovers and things of another version. */
@NullMarked
package io.github.istioegress.analysis.hygiene;

import org.jspecify.annotations.NullMarked;
