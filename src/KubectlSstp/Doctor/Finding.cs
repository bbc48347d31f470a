namespace KubectlSstp.Doctor;

/// <summary>One line of the doctor's report.</summary>
/// <param name="Check">What was looked at; stable, for programs that read the JSON.</param>
/// <param name="Found">What was found, with names and addresses.</param>
/// <param name="WhatToDo">Null when there is nothing to do.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Found, string? WhatToDo = null);
