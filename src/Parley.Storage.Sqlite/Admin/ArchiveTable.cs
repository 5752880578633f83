using Parley.Core.Accounts;

namespace Parley.Storage.Sqlite.Admin;

/// <summary>A table that is taken to another store and from one.</summary>
/// <param name="Part">Part of the archive that it is in.</param>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Cells">What each cell is: n for a number, t for text, b for bytes, h and H for bytes that are kept in small and in large hexadecimal digits.</param>
/// <param name="Select">Reads all rows.</param>
/// <param name="Insert">Writes one row.</param>
/// <param name="Clear">Removes all rows.</param>
internal sealed record ArchiveTable(ArchivePart Part, string Name, string Cells, string Select, string Insert, string Clear)
{
    private const ArchivePart Accounts = ArchivePart.Accounts;
    private const ArchivePart Tokens = ArchivePart.Tokens;

    // Tables here refer to accounts by a number of their own; in the archive it is the one that others know, too.
    private const string Account = "account@";

    /// <summary>All of them; a table follows on those that it refers to.</summary>
    public static IReadOnlyList<ArchiveTable> All { get; } =
    [
        Of(Accounts, "account", "account", "ntttnbnt", "identity key name look created email email_proven password", "identity"),
        Of(Accounts, "secret", "secret", "nt", "id digits", "id"),
        Of(Accounts, "certificate", "certificate", "ntn", "id fingerprint account@", "id"),
        Of(Accounts, "outside_identity", "outside_identity", "nbbn", "id issuer subject account@", "id"),
        Of(Accounts, "ssh_key", "ssh_key", "ntbn", "id fingerprint comment account@", "id"),
        Of(Accounts, "value", "value", "nbbb", "account@ kind key value", "1, kind, key"),
        Of(Accounts, "mail_code", "mail_code", "ntnttnbttn", "id hash kind key name identity email password invitation expires", "id"),
        Of(Accounts, "invitation", "invitation", "ntbnnnnb", "id hash made_by made uses used expires note", "id"),
        Of(Accounts, "device", "device", "nntbnnnb", "id account@ hash name made last_seen until outside", "id"),
        Of(Accounts, "passkey", "passkey", "nnhhnbnn", "id account@ credential public_key sign_count name made used", "id"),
        Of(Accounts, "push_key", "push_key", "nt", "id value", "id"),
        Of(Accounts, "push_subscription", "push_subscription", "nnbttbnn", "id account@ endpoint public_key secret capabilities renewed device", "id"),
        Of(Accounts, "push_place", "push_place", "nb", "account@ place", "1"),
        Of(Accounts, "ban", "ban", "nnbnnbbn", "id kind subject identity expires reason made_by made", "id"),
        Of(Accounts, "audit", "audit", "nnbnbbbb", "id time actor account action room subject reason", "id"),
        Of(Accounts, "registration", "room", "nttnnnbbn", "life key name created founder registered topic topic_by topic_time", "life"),
        Of(Accounts, "registration_role", "room_role", "nnnnn", "id life account rank since", "id"),
        Of(Accounts, "registration_setting", "room_setting", "nntbbnnbbn", "id life mode argument set_by time expires reason name identity", "id"),
        Of(Accounts, "registration_value", "room_value", "nbb", "life key value", "life, key"),
        new(
            Tokens, "token", "nHtttnnnn",
            "SELECT id, hash, name_key(name), name, scopes, created, expires, last_used, revoked FROM token ORDER BY id",
            "INSERT INTO token (id, hash, name, scopes, created, expires, last_used, revoked) VALUES (?1, ?2, ?4, ?5, ?6, ?7, ?8, ?9)",
            "DELETE FROM token"),
        Of(Tokens, "answer", "answer", "nnbHnb", "id token key fingerprint time body", "id"),
        Of(Tokens, "hook", "hook", "ntttbn", "id url secret rooms mentions created", "id"),
        Numbers(Accounts),
        Numbers(Tokens),
    ];

    private static ArchiveTable Of(ArchivePart part, string name, string table, string cells, string columns, string key)
    {
        var all = columns.Split(' ');
        var read = all.Select(column => column == Account ? $"(SELECT identity FROM account WHERE account.id = {table}.account)" : $"{table}.{column}");
        var written = all.Select((column, i) => column == Account ? $"(SELECT id FROM account WHERE identity = ?{i + 1})" : $"?{i + 1}");
        return new(
            part, name, cells,
            $"SELECT {string.Join(", ", read)} FROM {table} ORDER BY {key}",
            $"INSERT INTO {table} ({string.Join(", ", all.Select(column => column.TrimEnd('@')))}) VALUES ({string.Join(", ", written)})",
            $"DELETE FROM {table}");
    }

    /// <summary>The highest numbers that were ever given out, which SQLite keeps where none comes again.</summary>
    private static ArchiveTable Numbers(ArchivePart part) => new(
        part, ArchiveRow.Numbers, "tn",
        $"SELECT name, seq FROM sqlite_sequence ORDER BY instr('{(part == Accounts ? "invitation device passkey" : "token answer hook")}', name)",
        "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)",
        "DELETE FROM sqlite_sequence");
}
