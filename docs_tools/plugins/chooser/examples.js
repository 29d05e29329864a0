// What to write for a layer: an example for each tool, whole enough to be deployed.

// A function's runtime and handler where only the layer's name tells what it is for.
const KINDS = [
  [/python/i, "python3.13", "app.handler"],
  [/node|typescript|javascript/i, "nodejs22.x", "index.handler"],
  [/java/i, "java21", "example.Handler::handleRequest"],
  [/dotnet/i, "dotnet8", "Example::Example.Function::Handler"],
  [/ruby/i, "ruby3.4", "app.handler"],
  [/^/, "provided.al2023", "bootstrap"],
];

const describe = ({ arn, region, name, architecture }, runtime) => {
  const safe = /^[a-z][\w.]*$/.test(runtime || "") ? runtime : "";
  const [, usual, handler] = KINDS.find(([kind]) => kind.test(safe || name));
  const known = ["x86_64", "arm64"].includes(architecture) ? architecture : null;
  // such as PYTHON_3_12, NODEJS_22_X and PROVIDED_AL2023
  const constant = (safe || usual).toUpperCase().replace(/^([A-Z]+)(?=\d)/, "$1_");
  return {
    arn, region, handler, runtime: safe || usual, architecture: known,
    python: /python/i.test(safe || name),
    constant: constant.replaceAll(".", "_").replace("JAVA_8_AL2", "JAVA_8_CORRETTO"),
    cpu: known && known.toUpperCase().replace("ARM64", "ARM_64"),
  };
};

// Lines; what is null is left out.
const lines = (...all) => all.filter((line) => line !== null).join("\n");

const cdkPython = (f) => lines(
  "from aws_cdk import App, Environment, Stack, aws_lambda",
  "",
  "app = App()",
  `stack = Stack(app, "HelloWorld", env=Environment(region="${f.region}"))`,
  "layer = aws_lambda.LayerVersion.from_layer_version_arn(",
  "    stack,",
  '    "Layer",',
  `    "${f.arn}",`,
  ")",
  "aws_lambda.Function(",
  "    stack,",
  '    "Function",',
  `    runtime=aws_lambda.Runtime.${f.constant},`,
  f.cpu && `    architecture=aws_lambda.Architecture.${f.cpu},`,
  `    handler="${f.handler}",`,
  '    code=aws_lambda.Code.from_asset("src"),',
  "    layers=[layer],",
  ")",
  "app.synth()",
);

const cdkTypeScript = (f) => lines(
  "import { App, Stack, aws_lambda as lambda } from 'aws-cdk-lib';",
  "",
  "const app = new App();",
  `const stack = new Stack(app, 'HelloWorld', { env: { region: '${f.region}' } });`,
  "const layer = lambda.LayerVersion.fromLayerVersionArn(",
  "  stack,",
  "  'Layer',",
  `  '${f.arn}',`,
  ");",
  "new lambda.Function(stack, 'Function', {",
  `  runtime: lambda.Runtime.${f.constant},`,
  f.cpu && `  architecture: lambda.Architecture.${f.cpu},`,
  `  handler: '${f.handler}',`,
  "  code: lambda.Code.fromAsset('src'),",
  "  layers: [layer],",
  "});",
);

const EXAMPLES = {
  SAM: (f) => lines(
    `# sam deploy --region ${f.region}`,
    "AWSTemplateFormatVersion: '2010-09-09'",
    "Transform: AWS::Serverless-2016-10-31",
    "Resources:",
    "  HelloWorld:",
    "    Type: AWS::Serverless::Function",
    "    Properties:",
    "      CodeUri: src/",
    `      Handler: ${f.handler}`,
    `      Runtime: ${f.runtime}`,
    f.architecture && `      Architectures: [${f.architecture}]`,
    "      Layers:",
    `        - ${f.arn}`,
  ),
  CDK: (f) => (f.python ? cdkPython : cdkTypeScript)(f),
  Terraform: (f) => lines(
    'provider "aws" {',
    `  region = "${f.region}"`,
    "}",
    "",
    'resource "aws_iam_role" "hello_world" {',
    '  name = "hello-world"',
    "  assume_role_policy = jsonencode({",
    '    Version = "2012-10-17"',
    "    Statement = [{",
    '      Effect    = "Allow"',
    '      Action    = "sts:AssumeRole"',
    '      Principal = { Service = "lambda.amazonaws.com" }',
    "    }]",
    "  })",
    "}",
    "",
    'resource "aws_lambda_function" "hello_world" {',
    '  function_name = "hello-world"',
    '  filename      = "function.zip"',
    `  handler       = "${f.handler}"`,
    `  runtime       = "${f.runtime}"`,
    f.architecture && `  architectures = ["${f.architecture}"]`,
    "  role          = aws_iam_role.hello_world.arn",
    `  layers        = ["${f.arn}"]`,
    "}",
  ),
  Serverless: (f) => lines(
    "service: hello-world",
    "provider:",
    "  name: aws",
    `  region: ${f.region}`,
    `  runtime: ${f.runtime}`,
    f.architecture && `  architecture: ${f.architecture}`,
    "functions:",
    "  hello:",
    `    handler: ${f.handler}`,
    "    layers:",
    `      - ${f.arn}`,
  ),
  "AWS CLI": (f) => lines(
    "# in the place of all layers that the function has",
    "aws lambda update-function-configuration \\",
    `  --region ${f.region} \\`,
    "  --function-name hello-world \\",
    `  --layers ${f.arn}`,
  ),
};
