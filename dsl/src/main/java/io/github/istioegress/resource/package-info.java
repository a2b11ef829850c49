/** Typed resources, and how they refer to each other. */
@NullMarked
package io.github.istioegress.resource;

import org.jspecify.annotations.NullMarked;
