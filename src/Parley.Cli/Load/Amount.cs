using System.Globalization;

namespace Parley.Cli.Load;

/// <summary>Numbers as people read them.</summary>
internal static class Amount
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary><c>12,345</c></summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>12,345/s</c>, or <c>3.2/s</c> where that says more.</summary>
    public static string Rate(double perSecond) => perSecond.ToString(perSecond < 100 ? "0.#" : "N0", CultureInfo.InvariantCulture) + "/s";

    /// <summary><c>7.1 MB</c>, of 1000 KB each.</summary>
    public static string Bytes(double value)
    {
        int unit = 0;
        while (value >= 1000 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary><c>1 connection</c>, <c>2 connections</c>.</summary>
    public static string Of(long count, string what) => $"{Count(count)} {what}{(count == 1 ? "" : "s")}";
}
