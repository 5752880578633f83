using System.Text;
using Parley.Core.Text;
using Parley.Server.Connections;
using Parley.Server.Hosting;
using Parley.Server.Irc.AuthTokens;
using Parley.Server.Irc.Files;
using Parley.Server.Options;

namespace Parley.Fuzz.Targets;

/// <summary>Settings, whichever way they are given.</summary>
internal static class SettingTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("setting", AnySetting, typeof(Setting), typeof(NetworkList), typeof(ListenAddress), typeof(OtlpTarget)),
        new("absolute-url", Url, typeof(AbsoluteUrl)),
        new("settings-file", File, typeof(SettingsReader)),
        new("webirc-gateway", input => Settings(() => WebIrcOptions.Parse(Text(input))), typeof(WebIrcOptions)),
        new("outside-services", input => Settings(() => OutsideServices.Parse("file", Text(input).Split('\n'))), typeof(OutsideServices)),
        new("irc-operators", input => Settings(() => IrcOperators.Parse("file", Text(input).Split('\n'))), typeof(IrcOperators)),
    ];

    private static string Text(ReadOnlyMemory<byte> input) => Encoding.UTF8.GetString(input.Span);

    private static void Url(ReadOnlyMemory<byte> input)
        => FuzzTarget.Require(!AbsoluteUrl.TryParse(Text(input), out var url) || url.IsAbsoluteUri, "A URL has its scheme");

    private static void AnySetting(ReadOnlyMemory<byte> input)
    {
        var text = Text(input);
        foreach (var setting in Setting.All)
        {
            _ = setting.Set(new ParleyOptions(), text);
        }
    }

    private static void File(ReadOnlyMemory<byte> input)
    {
        var file = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(file, input.ToArray());
            Settings(() => SettingsReader.Read(_ => null, _ => null, file));
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    private static void Settings(Action read)
    {
        try
        {
            read();
        }
        catch (SettingsException refusal)
        {
            FuzzTarget.Require(refusal.Message.Length > 0, "A refusal says why");
        }
    }
}
