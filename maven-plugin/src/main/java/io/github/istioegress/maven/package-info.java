/** The goals, one class each. */
@NullMarked
package io.github.istioegress.maven;

import org.jspecify.annotations.NullMarked;
