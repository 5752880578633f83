using System.Text;
using System.Text.Json;
using Parley.Core.Events;
using Parley.Core.Hooks;
using Parley.Core.Names;
using Parley.Server.Hooks;

namespace Parley.Server.Tests.Hooks;

public sealed class HookTextTests
{
    [Theory]
    [InlineData("rm -r build\ndone", "rm -r build\ndone")]
    [InlineData("\u000304warning\u0003 \u0002disk\u000F", "warning disk")]
    [InlineData("\u001b[31mred\a\ttab\u009b1m", "[31mred\ttab1m")]
    [InlineData("a\r\nb", "a\nb")]
    public void What_a_hook_is_sent_is_what_people_read_line_breaks_and_all(string said, string sent)
    {
        using var json = JsonDocument.Parse(HookPayload.Encode(Message(said), new WebHook(new Uri("http://hooks.example/"), "secret", DateTimeOffset.UnixEpoch)));

        Assert.Equal(sent, json.RootElement.GetProperty("text").GetString());
        Assert.True(HookPayload.HasText(Message(said)));
    }

    [Theory]
    [InlineData("\u000304\u0002\u000F")]
    [InlineData("\u0002 \u0002")]
    public void Of_formatting_alone_there_is_nothing_to_tell(string said) => Assert.False(HookPayload.HasText(Message(said)));

    private static MessagePosted Message(string text)
    {
        Assert.True(RoomName.TryParse("main", out var room));
        Assert.True(UserName.TryParse("Ann", out var author));
        return new MessagePosted(room, 1, DateTimeOffset.UnixEpoch, new Actor(1, author), new MessageDraft(MessageKind.Text, Encoding.UTF8.GetBytes(text)));
    }
}
