namespace Parley.Cli.Terminal;

/// <summary>Colours on a terminal whose user wants them, else none.</summary>
internal sealed record Palette(bool IsColoured)
{
    /// <summary>As standard output and the environment have it.</summary>
    public static Palette OfStandardOutput() => new(
        !Console.IsOutputRedirected
        // https://no-color.org: set and not empty means no.
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or ""));

    public string Good(string text) => Paint(text, 32);

    public string Doubtful(string text) => Paint(text, 33);

    public string Bad(string text) => Paint(text, 31);

    private string Paint(string text, int colour) => IsColoured ? $"\e[{colour}m{text}\e[0m" : text;
}
