using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>The example of docs/embedding.md does what the page says.</summary>
public sealed class EmbeddedSampleTests
{
    private const string Listening = "Now listening on: ";
    private const string Lines = "lines ";

    [Fact]
    public async Task The_shop_hosts_chat_and_tells_its_staff_of_orders()
    {
        await ServesAsync(ParleyBinary.SamplePath("Parley.Samples.Embedded"));
    }

    /// <summary>Runs a program that was built from the sample, which hosts chat and stops in order.</summary>
    internal static async Task ServesAsync(string program)
    {
        await using ChildProcess shop = ChildProcess.Start(program, ["--urls", "http://127.0.0.1:0", "--lines", "127.0.0.1:0"]);
        // The application's log is written by a thread of its own, so either address may come first.
        await shop.Output.SkipToAsync("both addresses", _ => Find(shop, Listening) is not null && Find(shop, Lines) is not null);
        string listening = Find(shop, Listening)!;
        string lines = Find(shop, Lines)!;
        using HttpClient http = new() { BaseAddress = new Uri(listening[(listening.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]) };
        using Chatter staff = await Chatter.JoinAsync(int.Parse(lines.Split(':')[1]), "Ana");

        using HttpResponseMessage order = await http.PostAsync("/orders/42", content: null, TestContext.Current.CancellationToken);

        await staff.Heard.ExpectAsync("shop joined", "shop: order 42 came in");
        Assert.Matches("""^{"number":42,"told":"main[.][1-9][0-9]*"}$""", await order.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("ready\n", await http.GetStringAsync("/chat/health/ready", TestContext.Current.CancellationToken));
        shop.Signal(Signals.Interrupt);
        Assert.True(await shop.ExitAsync() == 0, $"{shop}");
    }

    /// <summary>The first line that begins with a text, but for spaces; null as long as there is none.</summary>
    private static string? Find(ChildProcess program, string text) =>
        program.Output.All.FirstOrDefault(line => line.TrimStart().StartsWith(text, StringComparison.Ordinal));
}
