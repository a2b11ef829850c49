/** Tells who can reach what, by which way, and what holds it. */
@NullMarked
package io.github.istioegress.reach;

import org.jspecify.annotations.NullMarked;
