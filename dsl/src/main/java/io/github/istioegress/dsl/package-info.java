/** The language of egress sentences. */
@NullMarked
package io.github.istioegress.dsl;

import org.jspecify.annotations.NullMarked;
