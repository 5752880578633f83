namespace Parley.Cli;

/// <summary>Where this system keeps the data of a user's programs.</summary>
public static class DataDirectory
{
    /// <summary>The directory for Parley's data unless another is given.</summary>
    public static string Default => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "parley");
}
