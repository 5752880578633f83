namespace Parley.Cli.Accounts;

/// <summary>Classes of operators in the file that the setting <c>operators</c> names.</summary>
internal static class OperatorClasses
{
    /// <summary>True if there is such a class, or no telling: a server may have been started with another file.</summary>
    /// <param name="name">The class, or none for no class.</param>
    /// <param name="file">The file that the settings name; null for none.</param>
    public static bool Has(string name, string? file)
    {
        if (name is "all" or "none" || file is null)
        {
            return true;
        }

        try
        {
            return File.ReadLines(file).Any(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["class", var other, ..] && other == name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return true;
        }
    }
}
