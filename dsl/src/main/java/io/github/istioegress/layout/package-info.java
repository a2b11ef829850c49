/** Decides which resource goes into which file. */
@NullMarked
package io.github.istioegress.layout;

import org.jspecify.annotations.NullMarked;
