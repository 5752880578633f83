using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Load;

/// <summary>Redraws a display on standard error while the load runs, but only if that is a terminal.</summary>
internal static class LiveScreen
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Draws until <paramref name="work"/> has ended, then takes the drawing away.</summary>
    public static async Task WatchAsync(Task work, Func<IRenderable> draw, TimeProvider time)
    {
        if (Console.IsErrorRedirected)
        {
            await work.ConfigureAwait(false);
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            ColorSystem = IsColourWanted() ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        await console.Live(draw()).AutoClear(true).StartAsync(async screen =>
        {
            while (!work.IsCompleted)
            {
                screen.UpdateTarget(draw());
                await Task.WhenAny(work, Task.Delay(Interval, time)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        await work.ConfigureAwait(false);
    }

    // https://no-color.org: set and not empty means no.
    private static bool IsColourWanted() => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
