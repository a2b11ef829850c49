/** Finds faults in the Gateway API and ambient mode. */
@NullMarked
package io.github.istioegress.analysis.gatewayapi;

import org.jspecify.annotations.NullMarked;
