namespace KubectlSstp.Doctor;

/// <summary>One line of the doctor's report.</summary>
/// <param name="Check">What was looked at; stable, for programs that read the JSON.</param>
/// <param name="Found">What was found, with names and addresses.</param>
/// <param name="Code">What is wrong in one word: a section of docs/troubleshooting.md. Null when nothing is.</param>
/// <param name="WhatToDo">Null when there is nothing to do.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Found, FindingCode? Code = null, string? WhatToDo = null)
{
    public static Finding Good(string check, string found) => new(check, Verdict.Good, found);

    public static Finding Warning(string check, FindingCode code, string found, string whatToDo) =>
        new(check, Verdict.Warning, found, code, whatToDo);

    public static Finding Problem(string check, FindingCode code, string found, string whatToDo) =>
        new(check, Verdict.Problem, found, code, whatToDo);
}
