using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;
using Parley.Core.Text;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql;

// https://www.postgresql.org/docs/15/libpq-connect.html#id-1.7.3.8.3.6
//
// address = ("postgres" / "postgresql") "://" [user [":" password] "@"] host [":" port] "/" database ["?" parameters]
// user, password and database with percent encoding; parameters: sslmode, host (a directory with a socket).

/// <summary>Where a database is, and who asks for it. As text it says neither user nor password.</summary>
public sealed record DatabaseAddress
{
    private const int DefaultPort = 5432;

    // A database has 100 by default, for all servers and what else uses it.
    private const int MaxConnections = 20;

    private readonly NpgsqlConnectionStringBuilder _settings;

    private DatabaseAddress(NpgsqlConnectionStringBuilder settings) => _settings = settings;

    /// <summary>The form of an address, for errors and help.</summary>
    public const string Form = "postgres://user:password@host:port/database";

    /// <summary>The database's name.</summary>
    public string Database => _settings.Database!;

    /// <summary>Connection string for Npgsql.</summary>
    internal string ConnectionString => _settings.ConnectionString;

    /// <summary>Words for its failures.</summary>
    internal PostgreSqlFailure Failure => new(ToString(), Database);

    /// <summary>True if a text is meant to be an address, well-formed or not.</summary>
    public static bool IsMeant(string text)
        => text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an address; false if it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DatabaseAddress? address)
    {
        address = null;
        if (!IsMeant(text) || !AbsoluteUrl.TryParse(text, out var uri) || uri.AbsolutePath.Length < 2 || uri.AbsolutePath.IndexOf('/', 1) > 0)
        {
            return false;
        }

        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : DefaultPort,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            SearchPath = Migrations.SchemaName,
            ApplicationName = "parley",
            Timeout = 10,
            CommandTimeout = 30,
            MaxPoolSize = MaxConnections,
            IncludeErrorDetail = false,

            // Else each connection looks for the server's name by way of Kerberos, which takes ten seconds where DNS does not answer. TLS is there all the same.
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        var user = uri.UserInfo.Split(':', 2);
        settings.Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : Environment.UserName;
        settings.Password = user is [_, var password] ? Uri.UnescapeDataString(password) : null;
        foreach (var parameter in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryApply(settings, parameter.Split('=', 2)))
            {
                return false;
            }
        }

        if (string.IsNullOrEmpty(settings.Host))
        {
            return false;
        }

        address = new DatabaseAddress(settings);
        return true;
    }

    /// <summary>The machine that the database is on, or the directory of its socket, and the port.</summary>
    public (string Host, int Port) Server => (_settings.Host!, _settings.Port);

    /// <summary>The address without user and password.</summary>
    public override string ToString() => _settings.Host!.StartsWith('/')
        ? $"postgres:///{Database}?host={_settings.Host}"
        : string.Create(CultureInfo.InvariantCulture, $"postgres://{_settings.Host}:{_settings.Port}/{Database}");

    private static bool TryApply(NpgsqlConnectionStringBuilder settings, string[] parameter)
    {
        switch (parameter)
        {
            case ["host", var directory] when directory.Length > 0:
                settings.Host = Uri.UnescapeDataString(directory);
                return true;
            case ["sslmode", var mode] when Enum.TryParse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var parsed):
                settings.SslMode = parsed;
                return true;
            default:
                return false;
        }
    }
}
