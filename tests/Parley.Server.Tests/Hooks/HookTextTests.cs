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
        Assert.True(RoomName.TryParse("main", out var room));
        Assert.True(UserName.TryParse("Ann", out var author));
        var message = new MessagePosted(room, 1, DateTimeOffset.UnixEpoch, new Actor(1, author), new MessageDraft(MessageKind.Text, Encoding.UTF8.GetBytes(said)));

        using var json = JsonDocument.Parse(HookPayload.Encode(message, new WebHook(new Uri("http://hooks.example/"), "secret", DateTimeOffset.UnixEpoch)));

        Assert.Equal(sent, json.RootElement.GetProperty("text").GetString());
    }
}
