// Several servers of Parley and their database, under Aspire: its dashboard shows their state and logs.
// docs/operations/cluster.md explains it.
//
//   dotnet run --project samples/Parley.Samples.Aspire                                               the database in a container
//   dotnet run --project samples/Parley.Samples.Aspire -- --database postgres://parley@db/chat       one that is there
//   dotnet run --project samples/Parley.Samples.Aspire -- --nodes 5

using Microsoft.Extensions.Configuration;

IDistributedApplicationBuilder builder = DistributedApplication.CreateBuilder(args);
int nodes = builder.Configuration.GetValue("nodes", 3);

IResourceBuilder<PostgresDatabaseResource>? own = null;
ReferenceExpression database;
if (builder.Configuration["database"] is { Length: > 0 } address)
{
    database = ReferenceExpression.Create($"{address}");
}
else
{
    own = builder.AddPostgres("postgres").WithDataVolume().AddDatabase("parley");
    database = own.Resource.UriExpression;
}

// As a program and not as a project: Aspire kills what it has started by `dotnet run`, and a node should say goodbye.
#if DEBUG
const string configuration = "Debug";
#else
const string configuration = "Release";
#endif
string folder = Path.Combine(Path.GetDirectoryName(new Projects.Parley_Cli().ProjectPath)!, "bin", configuration, "net10.0");

for (int number = 1; number <= nodes; number++)
{
    string name = $"node{number}";
    IResourceBuilder<ExecutableResource> node = builder.AddExecutable(name, Path.Combine(folder, "parley"), folder)
        .WithArgs("serve", "--node", name, "--cluster-listen", "127.0.0.1:0", "--addressed", "off", "--ircs", "off", "--data", "none")
        .WithEnvironment("PARLEY_CLUSTER", database)
        .WithEndpoint(name: "lines", scheme: "tcp", env: null)
        .WithEndpoint(name: "irc", scheme: "irc", env: null)
        .WithHttpEndpoint(name: "http")
        .WithHttpHealthCheck("/health/ready", endpointName: "http")
        .WithOtlpExporter();
    node.WithArgs(context =>
    {
        foreach (string listener in new[] { "lines", "irc", "http" })
        {
            context.Args.Add($"--{listener}");
            context.Args.Add(ReferenceExpression.Create($"127.0.0.1:{node.GetEndpoint(listener).Property(EndpointProperty.TargetPort)}"));
        }
    });
    if (own is not null)
    {
        node.WaitFor(own);
    }
}

builder.Build().Run();
