namespace Parley.Tour.Tests;

/// <summary>The samples, in the order in which a learner meets them.</summary>
internal static class Tour
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<Sample> Chapters { get; } = In("samples/tour");

    public static IReadOnlyList<Sample> Steps { get; } = In("samples/tour/steps");

    public static IReadOnlyList<Sample> All { get; } = [.. Chapters, .. Steps];

    public static Sample Find(string path) => All.Single(sample => sample.Path == path);

    private static IReadOnlyList<Sample> In(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(Root, folder), "*.cs")
            .Order(StringComparer.Ordinal)
            .Select(file => Sample.Parse($"{folder}/{Path.GetFileName(file)}", File.ReadAllText(file))),
    ];

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
