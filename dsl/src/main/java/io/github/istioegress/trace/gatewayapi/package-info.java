/** Makes Istio's resources of the Gateway API, as istiod does. */
@NullMarked
package io.github.istioegress.trace.gatewayapi;

import org.jspecify.annotations.NullMarked;
