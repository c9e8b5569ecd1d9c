using CopBot.Core.Content;
using CopBot.Core.Storage;
using CopBot.Host;
using CopBot.Host.CommandLine;
using CopBot.Host.Rehearsals;

try
{
    var parsed = Verbs.Root().Parse(args, Verbs.Parsing);
    parsed.InvocationConfiguration.EnableDefaultExceptionHandler = false;
    parsed.InvocationConfiguration.ProcessTerminationTimeout = TimeSpan.FromSeconds(5);
    var code = await parsed.InvokeAsync();
    return parsed.Errors.Count > 0 ? ExitCodes.WrongUse : code;
}
catch (Exception problem) when (problem is WrongSetting or UnreadableLine)
{
    Console.Error.WriteLine(problem.Message);
    return ExitCodes.WrongUse;
}
catch (BrokenPack broken)
{
    Console.Error.WriteLine("The content pack (CopBot__Content, --content) cannot be played:");
    Console.Error.WriteLine(broken.Message);
    return ExitCodes.WrongUse;
}
catch (DatabaseProblem problem)
{
    Console.Error.WriteLine(problem.Message);
    return ExitCodes.NoDatabase;
}
catch (OutcomeUnknown unknown)
{
    Console.Error.WriteLine($"{unknown.Message} {unknown.InnerException?.Message} Start again and look before you repeat it; nothing that was acknowledged is lost.");
    return ExitCodes.NoDatabase;
}
catch (OperationCanceledException)
{
    return ExitCodes.Done;
}
