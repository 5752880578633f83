using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Accounts and their certificates. Not for two threads at a time.</summary>
internal sealed class AccountTable(Database database)
{
    private const string Columns = "account.name, account.created, account.email, account.password";

    public AccountCredentials? Find(UserName name)
    {
        using var select = database.Prepare($"SELECT {Columns} FROM account WHERE name = ?").Bind(1, name.Value);
        return select.Step() ? CredentialsOf(select) : null;
    }

    public AccountCredentials? FindByCertificate(CertificateFingerprint certificate)
    {
        using var select = database.Prepare(
            $"SELECT {Columns} FROM certificate JOIN account ON account.id = certificate.account WHERE fingerprint = ?");
        return select.Bind(1, certificate.Value).Step() ? CredentialsOf(select) : null;
    }

    public List<Account> List()
    {
        var accounts = new List<Account>();
        using var select = database.Prepare($"SELECT {Columns} FROM account ORDER BY name");
        while (select.Step())
        {
            accounts.Add(CredentialsOf(select).Account);
        }

        return accounts;
    }

    public bool TryCreate(AccountCredentials credentials)
    {
        var (account, password) = credentials;
        using var insert = database.Prepare(
            "INSERT INTO account (name, created, email, password) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id");
        insert.Bind(1, account.Name.Value).Bind(2, StoredTime.Of(account.Created)).Bind(4, password.ToString());
        if (account.Email is not null)
        {
            insert.Bind(3, Encoding.UTF8.GetBytes(account.Email));
        }

        return Returns(insert);
    }

    public bool SetPassword(UserName name, PasswordVerifier password)
    {
        using var update = database.Prepare("UPDATE account SET password = ? WHERE name = ? RETURNING id");
        return Returns(update.Bind(1, password.ToString()).Bind(2, name.Value));
    }

    public bool Delete(UserName name)
    {
        using var delete = database.Prepare("DELETE FROM account WHERE name = ? RETURNING id");
        return Returns(delete.Bind(1, name.Value));
    }

    public List<CertificateFingerprint> ListCertificates(UserName name)
    {
        var certificates = new List<CertificateFingerprint>();
        using var select = database.Prepare(
            "SELECT fingerprint FROM certificate JOIN account ON account.id = certificate.account WHERE name = ? ORDER BY certificate.id");
        select.Bind(1, name.Value);
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
            "INSERT INTO certificate (fingerprint, account) SELECT ?, id FROM account WHERE name = ? ON CONFLICT DO NOTHING RETURNING id");
        return Returns(insert.Bind(1, certificate.Value).Bind(2, name.Value));
    }

    public bool RemoveCertificate(UserName name, CertificateFingerprint certificate)
    {
        using var delete = database.Prepare(
            "DELETE FROM certificate WHERE fingerprint = ? AND account = (SELECT id FROM account WHERE name = ?) RETURNING id");
        return Returns(delete.Bind(1, certificate.Value).Bind(2, name.Value));
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

    /// <summary>Runs a change to its end; whether it changed a row, which it returns.</summary>
    private static bool Returns(Statement change)
    {
        var changed = change.Step();
        while (changed && change.Step())
        {
        }

        return changed;
    }

    private static AccountCredentials CredentialsOf(Statement row)
    {
        if (!UserName.TryParse(row.Text(0), out var name) || !PasswordVerifier.TryParse(row.Text(3), out var password))
        {
            throw row.Damaged("an account that is none");
        }

        var email = row.IsNull(2) ? null : Encoding.UTF8.GetString(row.Bytes(2));
        return new AccountCredentials(new Account(name, StoredTime.ToTime(row.Number(1)), email), password);
    }
}
