namespace Parley.Cli.Serve;

/// <summary>Runtime settings that the server needs and no project file can hold; those that one can are in Parley.Cli.csproj.</summary>
internal static class RuntimeSettings
{
    /// <summary>MUST be called before the first socket is made: the socket engine reads its settings once.</summary>
    public static void Apply()
    {
        // Completions run on the thread that found the socket ready. Nothing that a line protocol does there may block;
        // HTTP goes on to the thread pool by way of Kestrel's own scheduling.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
    }
}
