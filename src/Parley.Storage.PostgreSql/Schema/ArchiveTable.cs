using NpgsqlTypes;
using Parley.Core.Accounts;

namespace Parley.Storage.PostgreSql.Schema;

/// <summary>A table that is taken to another store and from one.</summary>
/// <param name="Part">Part of the archive that it is in.</param>
/// <param name="Name">Its name, here and in the archive.</param>
/// <param name="Key">Columns by which its rows are ordered.</param>
/// <param name="Columns">Its columns, in the order of cells, with their types: n for bigint, i for int, o for boolean, t for text, b for bytea.</param>
/// <param name="NumbersStay">Whether none of its numbers comes again, so that the highest is taken along.</param>
internal sealed record ArchiveTable(ArchivePart Part, string Name, string Key, string Columns, bool NumbersStay = false)
{
    private const ArchivePart Accounts = ArchivePart.Accounts;
    private const ArchivePart Tokens = ArchivePart.Tokens;

    /// <summary>All of them; a table follows on those that it refers to.</summary>
    public static IReadOnlyList<ArchiveTable> All { get; } =
    [
        new(Accounts, "account", "id", "id:n key:t name:t look:t created:n email:b email_proven:o password:t"),
        new(Accounts, "secret", "id", "id:i digits:t"),
        new(Accounts, "certificate", "id", "id:n fingerprint:t account:n"),
        new(Accounts, "outside_identity", "id", "id:n issuer:b subject:b account:n"),
        new(Accounts, "ssh_key", "id", "id:n fingerprint:t comment:b account:n"),
        new(Accounts, "value", "account, kind, key", "account:n kind:b key:b value:b"),
        new(Accounts, "mail_code", "id", "id:n hash:t kind:i key:t name:t account:n email:b password:t invitation:t expires:n"),
        new(Accounts, "invitation", "id", "id:n hash:t made_by:b made:n uses:i used:i expires:n note:b", NumbersStay: true),
        new(Accounts, "device", "id", "id:n account:n hash:t name:b made:n last_seen:n until:n outside:b", NumbersStay: true),
        new(Accounts, "passkey", "id", "id:n account:n credential:b public_key:b sign_count:n name:b made:n used:n", NumbersStay: true),
        new(Accounts, "push_key", "id", "id:i value:t"),
        new(Accounts, "push_subscription", "id", "id:n account:n endpoint:b public_key:t secret:t capabilities:b renewed:n device:n"),
        new(Accounts, "push_place", "account", "account:n place:b"),
        new(Accounts, "ban", "id", "id:n kind:i subject:b identity:n expires:n reason:b made_by:b made:n"),
        new(Accounts, "audit", "id", "id:n time:n actor:b account:n action:b room:b subject:b reason:b"),
        new(Accounts, "registration", "life", "life:n key:t name:t created:n founder:n registered:n topic:b topic_by:b topic_time:n"),
        new(Accounts, "registration_role", "id", "id:n life:n account:n rank:i since:n"),
        new(Accounts, "registration_setting", "id", "id:n life:n mode:t argument:b set_by:b time:n expires:n reason:b name:b identity:n"),
        new(Accounts, "registration_value", "life, key", "life:n key:b value:b"),
        new(Tokens, "token", "id", "id:n hash:b key:t name:t scopes:t created:n expires:n last_used:n revoked:n", NumbersStay: true),
        new(Tokens, "answer", "id", "id:n token:n key:b fingerprint:b time:n body:b", NumbersStay: true),
        new(Tokens, "hook", "id", "id:n url:t secret:t rooms:t mentions:b created:n", NumbersStay: true),
    ];

    /// <summary>Its columns by name.</summary>
    public IReadOnlyList<string> ColumnNames { get; } = [.. Columns.Split(' ').Select(column => column[..column.IndexOf(':', StringComparison.Ordinal)])];

    /// <summary>The types of its columns.</summary>
    public IReadOnlyList<NpgsqlDbType> ColumnTypes { get; } = [.. Columns.Split(' ').Select(column => column[^1] switch
    {
        'n' => NpgsqlDbType.Bigint,
        'i' => NpgsqlDbType.Integer,
        'o' => NpgsqlDbType.Boolean,
        't' => NpgsqlDbType.Text,
        _ => NpgsqlDbType.Bytea,
    })];

    /// <summary>True if its rows are numbered by the database.</summary>
    public bool HasNumbers => Key == "id" && Name is not ("account" or "secret" or "push_key");
}
