using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Identities of account owners at identity providers. Not for two threads at a time.</summary>
internal sealed class OutsideIdentityTable(Database database)
{
    public List<OutsideIdentity> List(UserName name)
    {
        var identities = new List<OutsideIdentity>();
        using var select = database.Prepare(
            """
            SELECT issuer, subject FROM outside_identity JOIN account ON account.id = outside_identity.account
            WHERE key = ? ORDER BY outside_identity.id
            """);
        select.Bind(1, name.Key);
        while (select.Step())
        {
            identities.Add(OutsideIdentity.TryCreate(select.Text(0), select.Text(1), out var identity)
                ? identity
                : throw select.Damaged("an outside identity that is none"));
        }

        return identities;
    }

    public bool Add(UserName name, OutsideIdentity identity)
    {
        using var insert = database.Prepare(
            "INSERT INTO outside_identity (issuer, subject, account) SELECT ?, ?, id FROM account WHERE key = ? ON CONFLICT DO NOTHING RETURNING id");
        return Bind(insert, identity).Bind(3, name.Key).Returns();
    }

    public bool Remove(UserName name, OutsideIdentity identity)
    {
        using var delete = database.Prepare(
            "DELETE FROM outside_identity WHERE issuer = ? AND subject = ? AND account = (SELECT id FROM account WHERE key = ?) RETURNING id");
        return Bind(delete, identity).Bind(3, name.Key).Returns();
    }

    /// <summary>Puts an identity in the place of the first two parameters.</summary>
    public static Statement Bind(Statement statement, OutsideIdentity identity)
        => statement.Bind(1, identity.Issuer).Bind(2, identity.Subject);
}
