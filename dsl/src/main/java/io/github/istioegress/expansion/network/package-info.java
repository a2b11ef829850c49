/** Expands what pods may reach into NetworkPolicies. */
@NullMarked
package io.github.istioegress.expansion.network;

import org.jspecify.annotations.NullMarked;
