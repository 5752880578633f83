using System.Diagnostics;

namespace Parley.Shape.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Names of the folders in src/, which are the names of the parts.</summary>
    public static IReadOnlyList<string> Parts { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];

    public static string ProjectFileOf(string part) => Path.Combine(Root, "src", part, part + ".csproj");

    /// <summary>The C# files of src/ that people wrote.</summary>
    public static IReadOnlyList<SourceFile> Sources() =>
    [
        .. Parts.SelectMany(part => Directory.GetFiles(
                Path.Combine(Root, "src", part),
                "*.cs",
                SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(segment => segment is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path)))),
    ];

    /// <summary>
    /// Paths that git tracks, or would with the next `git add`; null where this is no git checkout or there is no git.
    /// </summary>
    public static async Task<IReadOnlyList<string>?> TrackedFilesAsync(CancellationToken cancellationToken)
    {
        // A checkout that belongs to another user (a container's mount) is still ours to list.
        var start = new ProcessStartInfo("git")
        {
            ArgumentList =
            {
                "-c", "safe.directory=*", "-C", Root, "ls-files", "-z", "--cached", "--others", "--exclude-standard",
            },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        try
        {
            using var git = Process.Start(start)!;
            string listing = await git.StandardOutput.ReadToEndAsync(cancellationToken);
            await git.WaitForExitAsync(cancellationToken);
            return git.ExitCode == 0
                ? [.. listing.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)]
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Parley.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Parley.slnx in any folder above {AppContext.BaseDirectory}.");
    }
}
