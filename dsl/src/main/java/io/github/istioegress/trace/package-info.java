/** Follows one call out of the mesh, hop by hop. */
@NullMarked
package io.github.istioegress.trace;

import org.jspecify.annotations.NullMarked;
