/** Expands sentences that leave through waypoints. */
@NullMarked
package io.github.istioegress.expansion.ambient;

import org.jspecify.annotations.NullMarked;
