namespace LocalControlPlane.Storage;

/// <summary>How a store of one version becomes one of the next. A released step is never changed; a new one is added.</summary>
internal static class Migrations
{
    /// <summary>Step i makes version i + 1 from version i; version 0 is an empty file.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE counter (revision INTEGER NOT NULL);
        INSERT INTO counter VALUES (1);
        CREATE TABLE objects (
            resource  TEXT NOT NULL,
            namespace TEXT NOT NULL,
            name      TEXT NOT NULL,
            revision  INTEGER NOT NULL,
            body      BLOB NOT NULL,
            PRIMARY KEY (resource, namespace, name)
        ) WITHOUT ROWID;
        """,

        // So that what was written under another schema is seen to need its defaults.
        "ALTER TABLE objects ADD COLUMN schema TEXT NOT NULL DEFAULT '';",
    ];

    /// <summary>The version this program writes; kept in SQLite's <c>user_version</c>.</summary>
    public static int Current => Steps.Count;
}
