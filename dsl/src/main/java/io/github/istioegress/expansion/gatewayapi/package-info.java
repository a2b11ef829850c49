/** Expands sentences into the Gateway API of Kubernetes. */
@NullMarked
package io.github.istioegress.expansion.gatewayapi;

import org.jspecify.annotations.NullMarked;
