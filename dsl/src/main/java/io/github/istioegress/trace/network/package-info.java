/** What NetworkPolicies make of a connection. */
@NullMarked
package io.github.istioegress.trace.network;

import org.jspecify.annotations.NullMarked;
