"""An execution begins at once.

AWS: StartExecution begins the execution; no delay is promised and none is configured.
https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html

MiniStack 1.5.33: sleeps 150 ms before the first state, which is most of a short execution's time.

Here: no sleep.

Upstream issue: "_run_execution sleeps 0.15 s before it reads the definition. A machine of one Pass state takes 0.17 s
instead of 0.01 s."

Parity: no row: AWS promises no time; bench/emulator measures it.
"""

from ministack.services import stepfunctions
from seam import edit

edit(stepfunctions, "_run_execution", ("    time.sleep(0.15)\n\n", ""), correction="machine_start")
