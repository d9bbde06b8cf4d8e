/** The replicated configuration: acknowledged when every member of the current quorate view has it on its disk. */
@NullMarked
package org.ringfence.controller.configuration;

import org.jspecify.annotations.NullMarked;
