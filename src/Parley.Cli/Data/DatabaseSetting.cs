using Parley.Storage.PostgreSql;

namespace Parley.Cli.Data;

/// <summary>The setting <c>database</c>.</summary>
internal static class DatabaseSetting
{
    /// <summary>Form of its value, for errors. They MUST NOT repeat the value, which may have a password in it.</summary>
    public const string Form = $"{DatabaseAddress.Form}, or none";

    /// <summary>Reads its value; false if it is no good.</summary>
    /// <param name="setting">The value.</param>
    /// <param name="address">Address of the database; null for none.</param>
    public static bool TryRead(string setting, out DatabaseAddress? address)
    {
        address = null;
        return string.Equals(setting, "none", StringComparison.OrdinalIgnoreCase) || DatabaseAddress.TryParse(setting, out address);
    }
}
