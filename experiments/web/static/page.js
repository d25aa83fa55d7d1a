// Every page works without this. It only brings the reader to what has to be put right.
"use strict";
const faults = document.querySelector(".faults");
if (faults) faults.focus();
