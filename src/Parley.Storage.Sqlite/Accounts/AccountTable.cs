using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Accounts and their certificates. Not for two threads at a time.</summary>
internal sealed class AccountTable(Database database)
{
    /// <summary>Columns that <see cref="CredentialsOf"/> reads.</summary>
    public const string Columns = "account.name, account.created, account.email, account.password, account.identity, account.email_proven";

    public AccountCredentials? Find(UserName name)
    {
        using var select = database.Prepare($"SELECT {Columns} FROM account WHERE key = ?").Bind(1, name.Key);
        return select.Step() ? CredentialsOf(select) : null;
    }

    public Account? FindById(AccountId id)
    {
        using var select = database.Prepare($"SELECT {Columns} FROM account WHERE identity = ?");
        return select.Bind(1, id.Value).Step() ? CredentialsOf(select).Account : null;
    }

    /// <summary>Notes how names look that were there before that was noted; SQL cannot tell.</summary>
    public void NoteLooks()
    {
        // Names with a sigma had another look in earlier versions.
        foreach (var account in List("WHERE look IS NULL OR key LIKE '%\u03C3%' OR key LIKE '%\u03C2%'"))
        {
            using var update = database.Prepare("UPDATE account SET look = ? WHERE identity = ?");
            update.Bind(1, NameSkeleton.Of(account.Name)).Bind(2, account.Id.Value).Run();
        }
    }

    public AccountCredentials? FindByCertificate(CertificateFingerprint certificate)
    {
        using var select = database.Prepare(
            $"SELECT {Columns} FROM certificate JOIN account ON account.id = certificate.account WHERE fingerprint = ?");
        return select.Bind(1, certificate.Value).Step() ? CredentialsOf(select) : null;
    }

    public AccountCredentials? FindByOutside(OutsideIdentity identity)
    {
        using var select = database.Prepare(
            $"SELECT {Columns} FROM outside_identity JOIN account ON account.id = outside_identity.account WHERE issuer = ? AND subject = ?");
        return OutsideIdentityTable.Bind(select, identity).Step() ? CredentialsOf(select) : null;
    }

    public List<Account> List() => List("");

    private List<Account> List(string condition)
    {
        var accounts = new List<Account>();
        using var select = database.Prepare($"SELECT {Columns} FROM account {condition} ORDER BY name");
        while (select.Step())
        {
            accounts.Add(CredentialsOf(select).Account);
        }

        return accounts;
    }

    /// <summary>True if an account has a name that looks like this one.</summary>
    public bool HasLookOf(UserName name)
    {
        using var select = database.Prepare("SELECT id FROM account WHERE look = ?");
        return select.Bind(1, NameSkeleton.Of(name)).Step();
    }

    public bool TryCreate(AccountCredentials credentials)
    {
        var (account, password) = credentials;
        using var insert = database.Prepare(
            "INSERT INTO account (name, created, email, password, identity, look, key, email_proven) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id");
        insert.Bind(1, account.Name.Value).Bind(2, StoredTime.Of(account.Created)).Bind(4, password.ToString()).Bind(5, account.Id.Value)
            .Bind(6, NameSkeleton.Of(account.Name)).Bind(7, account.Name.Key).Bind(8, account.IsEmailProven ? 1 : 0);
        if (account.Email is not null)
        {
            insert.Bind(3, Encoding.UTF8.GetBytes(account.Email));
        }

        return insert.Returns();
    }

    public bool SetPassword(UserName name, PasswordVerifier password)
    {
        using var update = database.Prepare("UPDATE account SET password = ? WHERE key = ? RETURNING id");
        return update.Bind(1, password.ToString()).Bind(2, name.Key).Returns();
    }

    public bool RenewPassword(AccountId account, PasswordVerifier old, PasswordVerifier renewed)
    {
        using var update = database.Prepare("UPDATE account SET password = ? WHERE identity = ? AND password = ? RETURNING id");
        return update.Bind(1, renewed.ToString()).Bind(2, account.Value).Bind(3, old.ToString()).Returns();
    }

    public bool SetEmail(AccountId account, string email)
    {
        using var update = database.Prepare("UPDATE account SET email = ?, email_proven = 1 WHERE identity = ? RETURNING id");
        return update.Bind(1, Encoding.UTF8.GetBytes(email)).Bind(2, account.Value).Returns();
    }

    public bool Delete(UserName name)
    {
        using var delete = database.Prepare("DELETE FROM account WHERE key = ? RETURNING id");
        return delete.Bind(1, name.Key).Returns();
    }

    public List<CertificateFingerprint> ListCertificates(UserName name)
    {
        var certificates = new List<CertificateFingerprint>();
        using var select = database.Prepare(
            "SELECT fingerprint FROM certificate JOIN account ON account.id = certificate.account WHERE key = ? ORDER BY certificate.id");
        select.Bind(1, name.Key);
        while (select.Step())
        {
            certificates.Add(CertificateFingerprint.TryParse(select.Text(0), out var certificate)
                ? certificate
                : throw select.Damaged("a fingerprint that is none"));
        }

        return certificates;
    }

    public bool AddCertificate(UserName name, CertificateFingerprint certificate)
    {
        using var insert = database.Prepare(
            "INSERT INTO certificate (fingerprint, account) SELECT ?, id FROM account WHERE key = ? ON CONFLICT DO NOTHING RETURNING id");
        return insert.Bind(1, certificate.Value).Bind(2, name.Key).Returns();
    }

    public bool RemoveCertificate(UserName name, CertificateFingerprint certificate)
    {
        using var delete = database.Prepare(
            "DELETE FROM certificate WHERE fingerprint = ? AND account = (SELECT id FROM account WHERE key = ?) RETURNING id");
        return delete.Bind(1, certificate.Value).Bind(2, name.Key).Returns();
    }

    /// <summary>Keeps these digits as the secret, unless there is one already; the result is the one that is kept.</summary>
    public string Secret(string digits)
    {
        using (var insert = database.Prepare("INSERT INTO secret (id, digits) VALUES (0, ?) ON CONFLICT DO NOTHING"))
        {
            insert.Bind(1, digits).Run();
        }

        using var select = database.Prepare("SELECT digits FROM secret");
        return select.Step() ? select.Text(0) : throw select.Damaged("no secret");
    }

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static AccountCredentials CredentialsOf(Statement row)
    {
        if (!UserName.TryParse(row.Text(0), out var name) || !PasswordVerifier.TryParse(row.Text(3), out var password))
        {
            throw row.Damaged("an account that is none");
        }

        var email = row.IsNull(2) ? null : Encoding.UTF8.GetString(row.Bytes(2));
        return new AccountCredentials(new Account(new AccountId(row.Number(4)), name, StoredTime.ToTime(row.Number(1)), email, row.Number(5) != 0), password);
    }
}
