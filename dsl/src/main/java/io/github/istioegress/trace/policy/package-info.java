/** AuthorizationPolicies as the pods they hold for obey them. */
@NullMarked
package io.github.istioegress.trace.policy;

import org.jspecify.annotations.NullMarked;
