using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>The example of docs/client.md does what the page says.</summary>
public sealed class GreeterSampleTests
{
    [Fact]
    public async Task The_bot_greets_whoever_comes_into_its_room_and_answers_to_its_name()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter person = await Chatter.JoinAsync(server.LinesPort, "Ana");
        using Chatter regular = await Chatter.JoinAsync(server.LinesPort, "Ben");
        await regular.SayAsync("/join rust");
        await regular.Heard.ExpectAsync("You joined rust");
        await using ChildProcess bot = ChildProcess.Start(
            ParleyBinary.SamplePath("Parley.Samples.Greeter"), ["127.0.0.1", $"{server.LinesPort}", "rust"]);

        // It leaves main before it is in its own room, so only who sees it there comes after it.
        string joined = await regular.Heard.SkipToAsync("the bot's arrival", line => line.EndsWith(" joined", StringComparison.Ordinal));
        string name = joined[..^" joined".Length];

        await person.SayAsync("/join rust");
        await person.Heard.SkipToAsync("You joined rust");
        await person.Heard.ExpectAsync($"{name}: Welcome to rust, Ana!");
        await person.SayAsync($"hello {name}");
        await person.Heard.ExpectAsync($"Ana: hello {name}", $"{name}: Yes, Ana? I only know how to greet.");

        bot.Signal(Signals.Interrupt);
        Assert.True(await bot.ExitAsync() == 0, $"{bot}");
    }
}
