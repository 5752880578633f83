using System.Text.Json;
using Parley.Cli.Tests.Chat;

namespace Parley.Cli.Tests.Resolve;

/// <summary><c>parley resolve</c> as its users see it. Only addresses are resolved here: nothing asks a name server.</summary>
public sealed class ResolveTests
{
    [Fact(Timeout = 60_000)]
    public async Task Each_name_is_a_line_and_what_is_wrong_goes_to_standard_error()
    {
        using ParleyProcess parley = ParleyProcess.Start("resolve", "127.0.0.1", "[::1]:80", "a b", "::1", "--parallel", "1");

        Assert.Equal("127.0.0.1  127.0.0.1\n[::1]:80  [::1]:80\n::1  ::1\n", await OutputAsync(parley));
        Assert.Equal((1, "'a b' is not a host name or an address\n"), await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_a_port_is_needed_a_name_without_one_is_an_error()
    {
        using ParleyProcess parley = ParleyProcess.Start("resolve", "127.0.0.1", "127.0.0.2:80", "--need-port");

        Assert.Equal("127.0.0.2:80  127.0.0.2:80\n", await OutputAsync(parley));
        Assert.Equal((1, "'127.0.0.1' has no port: write 127.0.0.1:80\n"), await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_thousand_names_from_standard_input_are_resolved()
    {
        using ParleyProcess parley = ParleyProcess.Start("resolve", "--port", "80");
        string[] names = [.. Enumerable.Range(0, 1000).Select(i => $"127.0.{i / 250}.{i % 250}")];
        Task<string> output = OutputAsync(parley);
        await parley.Input.WriteAsync(string.Concat(names.Select(name => $"  {name} \r\n\n")));
        parley.Input.Close();

        Assert.Equal(
            names.Select(name => $"{name}  {name}:80").Order(StringComparer.Ordinal),
            (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Equal((0, ""), await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task As_json_errors_are_objects_too()
    {
        using ParleyProcess parley = ParleyProcess.Start("resolve", "127.0.0.1:80", "nonsense..", "--json", "--parallel", "1");
        JsonElement[] objects = [.. (await OutputAsync(parley)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.Equal("127.0.0.1:80", objects[0].GetProperty("name").GetString());
        Assert.Equal("127.0.0.1", Assert.Single(objects[0].GetProperty("addresses").EnumerateArray()).GetString());
        Assert.Equal(80, objects[0].GetProperty("port").GetInt32());
        Assert.Equal("'nonsense..' is not a host name or an address", objects[1].GetProperty("error").GetString());
        Assert.Equal((1, ""), await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Ctrl_C_ends_it_while_it_waits_for_names()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No signals to send there");
        using ParleyProcess parley = ParleyProcess.Start("resolve");
        await parley.Input.WriteAsync("127.0.0.1\n");
        Assert.Equal("127.0.0.1  127.0.0.1", await parley.SeeAsync());
        await parley.SignalAsync("INT");
        Assert.Equal((130, ""), await parley.ExitAsync());
    }

    private static Task<string> OutputAsync(ParleyProcess parley) => parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken);
}
