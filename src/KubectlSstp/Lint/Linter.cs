namespace KubectlSstp.Lint;

/// <summary>All checks over all files, without a cluster.</summary>
internal static class Linter
{
    /// <param name="space">The namespace of objects that name none.</param>
    /// <returns>In the order of the files, errors before warnings of one object.</returns>
    public static IReadOnlyList<LintFinding> Check(IEnumerable<string> paths, string space, out int objects)
    {
        var findings = new List<LintFinding>();
        var read = LintFiles.Read(paths, space, findings);
        objects = read.Count;
        var check = ObjectCheck.Create();
        var sound = new HashSet<LintObject>(ReferenceEqualityComparer.Instance);
        foreach (var each in read)
        {
            var own = check.Check(each).ToList();
            findings.AddRange(own);
            if (own.Count == 0) sound.Add(each);
        }
        findings.AddRange(new CrossCheck(read, sound).Check());
        return [.. findings.OrderByDescending(finding => finding.Severity)];
    }
}
